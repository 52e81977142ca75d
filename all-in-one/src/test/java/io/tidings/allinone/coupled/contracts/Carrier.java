package io.tidings.allinone.coupled.contracts;

enum Carrier {
    DHL_EXPRESS,
    OWN_BICYCLE
}
