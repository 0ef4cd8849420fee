/// What is measured, how it is written down, and the bars it is held against.
@NullMarked
package ai.pathbound.bench.report;

import org.jspecify.annotations.NullMarked;
