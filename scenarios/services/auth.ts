/** Auth's own traffic: login storms, mistyped passwords, second factors, social logins and refreshes. */
import { anyCustomer } from '../data.ts';
import { logIn, refresh, scenario, signedIn } from '../retailpulse.k6.ts';

export default scenario('auth', {
  login(visit) {
    logIn(visit, anyCustomer(visit.random));
  },

  mistype(visit) {
    const customer = anyCustomer(visit.random);
    const password = `wrong-${visit.id}`;
    visit.send('auth.login', { body: { email: customer.email, password }, expect: [401] });
    logIn(visit, customer);
  },

  mfa(visit) {
    const customer = anyCustomer(visit.random);
    logIn(visit, customer);
    signedIn(visit, visit.ask('auth.mfa', { body: { email: customer.email, code: customer.secondFactor } }));
  },

  social(visit) {
    const providerToken = `token-of-${anyCustomer(visit.random).email}`;
    signedIn(visit, visit.ask('auth.social', { body: { provider: 'example', providerToken } }));
  },

  refresh(visit) {
    refresh(visit, logIn(visit, anyCustomer(visit.random)));
  },

  verify(visit) {
    visit.send('auth.verify');
  },
});
