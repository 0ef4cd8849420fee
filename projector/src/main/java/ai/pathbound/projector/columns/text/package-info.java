/// Many short texts in little memory: pages of neighbouring texts, and an index that finds them.
@NullMarked
package ai.pathbound.projector.columns.text;

import org.jspecify.annotations.NullMarked;
