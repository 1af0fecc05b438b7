/** Opens pages in a browser, for tests of what people see. */
package dev.octet.testkit.browser;
