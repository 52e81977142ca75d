package io.tidings.search.domain;

import io.tidings.events.Money;
import java.util.List;

/** Something that was found. */
public sealed interface Found {

    /** What it is called where it comes from: a user's id, a product's sku. */
    String id();

    /** What it is called by people. */
    String name();

    /** The name as HTML that is safe in a page, with what was asked for in {@code <mark>}. */
    String highlight();

    /** How well it fits; only good for comparing what one query has found. */
    double rank();

    /** @param interests categories of products */
    record FoundUser(String id, String name, List<String> interests, String highlight, double rank) implements Found {}

    /** @param price as far as we have heard */
    record FoundProduct(String id, String name, String category, Money price, String highlight, double rank)
            implements Found {}
}
