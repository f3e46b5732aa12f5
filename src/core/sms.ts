/**
 * A bank's own text message gateway: what a bank plugs in so that visitors of referral pages confirm
 * their number by a code. `createApp` takes one (`Surroundings.sms`); without it nobody is asked.
 */
export interface SmsGateway {
  /**
   * Sends a text of one message to a phone number in E.164. Resolves once the gateway has taken it;
   * throws when it did not, and the visitor is asked to try again later. Must not log either.
   */
  send(phone: string, text: string): Promise<void>
}
