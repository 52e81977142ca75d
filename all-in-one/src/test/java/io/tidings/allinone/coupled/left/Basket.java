package io.tidings.allinone.coupled.left;

import io.tidings.allinone.coupled.right.StockTable;

record Basket(StockTable stock) {}
