package io.tidings.allinone.coupled.right;

public record StockTable(int onHand) {}
