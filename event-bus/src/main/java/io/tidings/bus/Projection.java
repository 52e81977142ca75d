package io.tidings.bus;

import java.util.Set;

/**
 * A bean that says that a service can be rebuilt: some of its tables are made of messages alone, by its handlers, so that
 * they can be made again. The bus then listens to replays: the handlers get the messages of the past again and write into a
 * second copy of the tables, which takes the place of the first when all has come. Live messages wait until then; whoever
 * reads sees the first copy, whole, and then the second.
 */
public interface Projection {

    /**
     * The tables, by the names by which handlers write to them, without a schema. Nobody else writes to them, and no
     * foreign key leads to or from them.
     */
    Set<String> tables();

    /**
     * Whether single messages may be told again to what is there. No, if they are counted: then they would count twice, and
     * only a rebuild of the whole will do.
     */
    default boolean canHearAgain() {
        return true;
    }

    /**
     * Called in the transaction in which the second copy has taken the place of the first. Whatever handlers derived from
     * several things at once may be out of date, because a replay tells of them in another order than life did.
     */
    default void rebuilt() {}
}
