package io.tidings.benchmarks.contender;

import tools.jackson.databind.JsonNode;

/** Something that a contender can be asked to do. All beans of this type are found. */
public interface Task {

    String name();

    /** Does it, and answers what is to be written as JSON. */
    Object perform(JsonNode parameters) throws Exception;
}
