package ai.pathbound.bench.contacts;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// All contacts of the bench, as the numbers they are made of: half a million changes kept as objects
/// would have the collector move more for the bench than for the engine it measures.
final class People {
    /// By number of the contact: whose properties it has.
    private int[] likes = new int[1024];
    private int size;

    int size() {
        return size;
    }

    /// One more, with properties of its own.
    Person add() {
        if (size == likes.length) {
            likes = Arrays.copyOf(likes, 2 * size);
        }
        likes[size] = size;
        return of(size++);
    }

    /// Gives a contact the properties another one was added with.
    Person change(int number, int like) {
        likes[number] = like;
        return of(number);
    }

    private Person of(int number) {
        Person person = Person.of(number);
        return likes[number] == number ? person : person.as(Person.of(likes[number]));
    }

    Stream<Person> stream() {
        return IntStream.range(0, size).mapToObj(this::of);
    }
}
