package ai.pathbound.sandbox.seed;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Generated visits: who comes, with which browser, and what they do.
public final class Sessions {
    private static final String SITE = "www.pathbound-demo.test";
    private static final String AGENT = "Mozilla/5.0 (compatible; demo)";
    private static final int EVENTS_PER_SESSION_MAX = 14;
    private static final int CUSTOM_SHARE_PERCENT = 3;

    private final SeedPlan plan;
    private final long seed;
    private final Contacts contacts;

    /// Visits of this plan's people.
    public Sessions(SeedPlan plan) {
        this(plan, new Contacts(plan, new Companies(plan)));
    }

    Sessions(SeedPlan plan, Contacts contacts) {
        this.plan = plan;
        this.contacts = contacts;
        seed = plan.tenantSeed();
    }

    /// Who is behind a session.
    private record Actor(Optional<Integer> contact, String visitor, boolean bot) {}

    /// The fixed part of all events of one session.
    private record Visit(Actor actor,
            String session,
            String referrer,
            String device,
            String os,
            String browser,
            String browserVersion,
            Map<String, PropertyValue> utms) {}

    /// Session `number`, beginning at this time: at most `eventsMax` events, in order of time.
    public List<Change> session(long number, Instant start, int eventsMax) {
        var dice = new Dice(seed, "session", number);
        Visit visit = visit(dice, number);
        int count = Math.min(eventsMax, dice.between(1, EVENTS_PER_SESSION_MAX));
        List<Change> events = new ArrayList<>(count);
        Instant at = start;
        String path = "/";
        for (int i = 0; i < count; i++) {
            boolean page = i == 0 || dice.chance(0.55);
            if (page) {
                path = path(dice);
            }
            String name = i == 0 && dice.chance(0.15)
                    ? "first_visit"
                    : page ? "page_view" : action(dice);
            events.add(event(number * 16 + i, visit, name, path, at, dice));
            at = at.plusMillis(2_000 + dice.below(150_000L));
        }
        return events;
    }

    /// The contact whose event should later be linked explicitly, if this is such an event.
    Optional<Integer> relinkTo(long session) {
        return visit(new Dice(seed, "session", session), session).actor()
                .contact()
                .filter(c -> contacts.identity(c) == Contacts.Identity.RELINKED);
    }

    Change relinked(Change event, int contact) {
        Event linked = Event.newBuilder(event.body(Event.class))
                .setContactId(contacts.id(contact))
                .build();
        return event.next(event.occurredAt().plusSeconds(600), "api", Map.of(), linked);
    }

    private Visit visit(Dice dice, long number) {
        Actor actor = actor(dice);
        // A browser keeps its make; only the session differs.
        var machine = new Dice(seed, actor.visitor(), 0);
        String device = Words.DEVICES.get(machine.weighted(Words.DEVICE_WEIGHTS));
        String os = device.equals("Desktop")
                ? Words.DESKTOPS.get(machine.weighted(Words.DESKTOP_WEIGHTS))
                : machine.chance(0.5) ? "iOS" : "Android";
        String browser = Words.BROWSERS.get(machine.weighted(Words.BROWSER_WEIGHTS));
        String referrer = Words.REFERRERS.get(dice.zipf(Words.REFERRERS.size()));
        Map<String, PropertyValue> utms = new TreeMap<>();
        if (dice.chance(0.25)) {
            utms.put("utm_source", Json.value(referrer.equals("direct") ? "newsletter" : referrer));
            utms.put("utm_medium", Json.value(dice.chance(0.5) ? "cpc" : "email"));
            utms.put("utm_campaign", Json.value(dice.pick(Words.CAMPAIGNS)));
        }
        return new Visit(actor, Dice.id(seed, "sess_", number), referrer, device, os, browser,
                machine.between(118, 131) + ".0", utms);
    }

    private Actor actor(Dice dice) {
        if (dice.chance(0.01)) {
            return new Actor(Optional.empty(), Dice.id(seed, "vis_b", dice.below(40)), true);
        }
        if (dice.chance(0.35)) {
            int strangers = Math.max(10, plan.contacts() * 2);
            return new Actor(Optional.empty(), Dice.id(seed, "vis_a", dice.zipf(strangers)),
                    false);
        }
        // Half of the visits come from a few keen people, half from anyone.
        int contact = dice.chance(0.5) ? dice.zipf(plan.contacts()) : dice.below(plan.contacts());
        String visitor = contacts.visitor(contact, dice.below(contacts.browsers(contact)));
        return new Actor(Optional.of(contact), visitor, false);
    }

    private Change event(long number,
            Visit visit,
            String name,
            String path,
            Instant at,
            Dice dice) {
        // The backend attaches most events of known visitors at once; the others resolve later.
        Optional<String> contact = visit.actor()
                .contact()
                .filter(c -> contacts.identity(c) == Contacts.Identity.KNOWN)
                .filter(_ -> dice.chance(0.7))
                .map(contacts::id);
        Event event = Event.newBuilder()
                .setName(name)
                .setTimestamp(at)
                .setContactId(contact.orElse(null))
                .setVisitorId(visit.actor().visitor())
                .setSessionId(visit.session())
                .setUrl("https://" + SITE + path)
                .setDomain(SITE)
                .setReferringDomain(visit.referrer())
                .setBrowser(visit.browser())
                .setBrowserVersion(visit.browserVersion())
                .setOs(visit.os())
                .setDeviceType(visit.device())
                .setIsBot(visit.actor().bot())
                .setData(data(name, path, visit, dice))
                .build();
        return new Change(
                new ChangeKey(plan.tenant(), EntityKind.EVENT, Dice.id(seed, "evt_", number)), 1,
                at, "tracker", Map.of(), event);
    }

    private static String path(Dice dice) {
        int index = dice.zipf(Words.PATHS.size() + Words.EXTRA_PATHS);
        return index < Words.PATHS.size()
                ? Words.PATHS.get(index)
                : "/blog/post-" + (index - Words.PATHS.size());
    }

    private static String action(Dice dice) {
        if (dice.below(100) < CUSTOM_SHARE_PERCENT) {
            return dice.pick(List.of("plan_upgraded", "invite_sent", "report_exported"));
        }
        return List
                .of(
                        "page_leave",
                        "button_click",
                        "link_click",
                        "form_submit",
                        "video_play",
                        "video_milestone",
                        "video_complete")
                .get(dice.weighted(new int[]{45, 25, 15, 4, 5, 4, 2}));
    }

    private static Map<String, PropertyValue> data(String name,
            String path,
            Visit visit,
            Dice dice) {
        Map<String, PropertyValue> data = new TreeMap<>();
        switch (name) {
            case "page_view", "first_visit" -> {
                data.put("title", Json.value(title(path)));
                data.put("path", Json.value(path));
                data.put("userAgent", Json.value(AGENT));
                data.put("pageLoadTime", Json.value(120 + dice.below(2_400L)));
                if (!visit.utms().isEmpty()) {
                    data.put("utmParams", new PropertyValue(visit.utms()));
                }
            }
            case "page_leave" -> {
                data.put("path", Json.value(path));
                data.put("timeOnPage", Json.value(dice.below(300L)));
                data.put("scrollDepth", Json.value(Math.round(dice.real() * 100) / 100.0));
            }
            case "button_click", "link_click" -> {
                data.put("text", Json.value(dice.pick(List.of("Start free", "Book a demo"))));
                data.put("elementType", Json.value(name.startsWith("b") ? "button" : "a"));
                data.put("isExternal", Json.value(dice.chance(0.2)));
            }
            case "form_submit" -> {
                data.put("formId", Json.value(dice.pick(List.of("demo", "contact", "signup"))));
                data.put("method", Json.value("post"));
            }
            case "plan_upgraded" -> {
                data.put("plan", Json.value(dice.pick(Words.PLANS)));
                data.put("seats", Json.value(1 + dice.below(200L)));
                data.put("amount", Json.value(Math.round(dice.real() * 500_000) / 100.0));
                data.put("coupon", Json.value(null));
            }
            case "invite_sent" -> {
                data.put("roles", Json.list(List.of("viewer", "admin")));
                data.put("count", Json.value(1 + dice.below(5L)));
            }
            case "report_exported" ->
                data.put(
                        "options",
                        Json.object(
                                new TreeMap<>(
                                        Map.of("format", "csv", "rows", dice.below(10_000L)))));
            default -> {
                data.put("videoId", Json.value("vid_" + dice.below(12)));
                data.put("percent", Json.value(25 * (1 + dice.below(4L))));
            }
        }
        return data;
    }

    private static String title(String path) {
        return path.equals("/") ? "Home" : path.substring(path.lastIndexOf('/') + 1);
    }
}
