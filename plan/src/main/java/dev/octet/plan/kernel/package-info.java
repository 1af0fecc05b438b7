/** Files of compiled kernels, which say by themselves whether they are complete. */
package dev.octet.plan.kernel;
