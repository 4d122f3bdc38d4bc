/** What happens to the edits of an account, told to its pages in this tab and in the others. */
const NAME = "zvonok-journal";

export class EditNews extends EventTarget {
  #channel = new BroadcastChannel(NAME);

  /** @param {string} account */
  constructor(account) {
    super();
    this.account = account;
    this.#channel.onmessage = ({ data }) => data.account === account && this.say(data.news, data.detail);
  }

  /** @param {string} news @param {object} [detail] */
  say(news, detail = {}) {
    this.dispatchEvent(new CustomEvent(news, { detail }));
  }

  /** Says it in every tab. @param {string} news @param {object} [detail] */
  tell(news, detail = {}) {
    this.say(news, detail);
    this.#channel.postMessage({ account: this.account, news, detail });
  }
}
