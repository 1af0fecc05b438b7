module acme {
    exports acme;
}
