module demo {
    requires acme;
    requires dev.octet.dsl;
    requires dev.octet.runtime;
    requires dev.octet.plan;
}
