/** Switches the second factor on and off. It changes the sign-in cookie, so it speaks to the API itself, not over the circuit. */
class SecondFactor extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset["on"] === "true") {
      this.askForPassword();
    } else {
      this.show("A code of an authenticator app is asked for at every sign-in on a new device.", this.button("Set up", () => this.begin()));
    }
  }

  private async begin(): Promise<void> {
    const key = await this.send<{ key: string; qrSvg: string }>("POST", "/key");
    if (!key) return;
    const picture = document.createElement("img");
    picture.src = `data:image/svg+xml;utf8,${encodeURIComponent(key.qrSvg)}`;
    picture.alt = "QR code of the key below";
    picture.width = 180;
    const code = this.input("Code of the app", "one-time-code");
    this.show(
      "Photograph this with your authenticator app, or type the key, then give back the code that the app shows.",
      picture,
      this.text(key.key, "mono"),
      code,
      this.button("Switch on", () => this.confirm(code.querySelector("input")!.value)),
    );
  }

  private async confirm(code: string): Promise<void> {
    const answer = await this.send<{ codes: string[] }>("POST", "", { code });
    if (answer) this.show("It is on. Keep these recovery codes; each works once, and they are never shown again.", this.text(answer.codes.join("\n"), "mono"));
  }

  private askForPassword(): void {
    const password = this.input("Password", "current-password", "password");
    this.show(
      "It is on. To switch it off, give your password again.",
      password,
      this.button("Switch off", async () => {
        if (await this.send("DELETE", "", { password: password.querySelector("input")!.value })) location.reload();
      }),
    );
  }

  private async send<T>(method: string, path: string, body: object = {}): Promise<T | undefined> {
    const response = await fetch(`/api/me/second-factor${path}`, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const text = await response.text();
    const answer = text ? JSON.parse(text) : {};
    if (response.ok) return answer as T;
    const refusal = this.text(answer.detail ?? "The server refused.", "alert bad");
    refusal.setAttribute("role", "alert");
    this.append(refusal);
    return undefined;
  }

  private show(sentence: string, ...parts: HTMLElement[]): void {
    this.replaceChildren(this.text(sentence), ...parts);
    this.style.display = "grid";
    this.style.gap = "12px";
    this.style.justifyItems = "start";
  }

  private text(words: string, kind = ""): HTMLElement {
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    paragraph.className = kind;
    paragraph.style.whiteSpace = "pre-line";
    return paragraph;
  }

  private input(label: string, complete: string, type = "text"): HTMLElement {
    const field = document.createElement("label");
    field.className = "field";
    const name = document.createElement("span");
    name.className = "label";
    name.textContent = label;
    const input = document.createElement("input");
    input.className = "input";
    input.type = type;
    input.setAttribute("autocomplete", complete);
    field.append(name, input);
    return field;
  }

  private button(words: string, act: () => void): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  }
}

customElements.define("cryohub-second-factor", SecondFactor);
