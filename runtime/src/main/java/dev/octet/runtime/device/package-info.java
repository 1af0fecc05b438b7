/** The service provider interface of devices. */
package dev.octet.runtime.device;
