// What surrounds a function in Lambda and a test has to bring: loaded before the runtime interface client.
const dns = require('node:dns');

// S3 Control puts the account before the host name, which no resolver on this machine knows.
const { lookup } = dns;
dns.lookup = (host, options, done) =>
  lookup(host.endsWith('.localhost') ? 'localhost' : host, options, done);

// The clock runs on from a time of the test's choice.
const start = process.env.CLOCK_STARTS_AT;
if (start) {
  const System = Date;
  const shift = System.parse(start) - System.now();
  globalThis.Date = class extends System {
    constructor(...parts) {
      super(...(parts.length === 0 ? [System.now() + shift] : parts));
    }
    static now() {
      return System.now() + shift;
    }
  };
}
