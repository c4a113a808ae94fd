// Random hands on sessions: whatever the reader does, and whenever, the link opens what is shown.

async ({ trials }) => {
  const { Session } = xordocs["state/session"];
  const { DEFAULTS, SETTINGS, VIEWS } = xordocs["runs/settings"];
  const { LONGEST, fromObject, parse, print } = xordocs["runs/links"];
  const { choices, presets } = xordocs["runs/presets"];

  let state = 12;
  const draw = (n) => (state = (state * 16807) % 2147483647) % n; // Park and Miller, 1988
  const pick = (list) => list[draw(list.length)];
  const number = () => (draw(2000003) - 1000001) / pick([1, 10, 7, 1e5, 3e5, 1e9]);
  const pause = () => new Promise((done) => setTimeout(done));

  const edits = [
    () => [`y${draw(4)}`, draw(2)],
    () => [`y${draw(4)}`, draw(1001) / 1000],
    () => ["rate", (1 + draw(3000)) / pick([10, 100, 700])],
    (theta) => [`p${draw(theta.length)}`, number()],
  ];
  const edit = (session) => session.edit(...pick(edits)(session.run.network.theta));
  const widths = () => Array.from({ length: 1 + draw(3) }, () => 1 + draw(5));
  const settings = [
    () => ["seed", draw(10000)],
    () => ["hidden_layers", widths()],
    ...["activation", "loss", "initializer"].map((name) => () => [name, pick(Object.keys(choices[name]))]),
  ];
  const hands = {
    step: (session) => session.step(1 + draw(60)),
    stepBack: (session) => session.step(-1 - draw(40)),
    seek: (session) => session.seek(draw(400)), // perhaps still computing at the next hand
    toLimit: (session) => session.run.epoch < session.limit && session.seekLimit(),
    edit,
    editAgain: edit,
    drag(session) {
      session.hold();
      for (let count = draw(30); count > 0; count--) edit(session);
      session.release();
    },
    async play(session) {
      session.play();
      await pause();
      edit(session);
      session.stop();
    },
    set: (session) => session.set(...pick(settings)()),
    preset: (session) => session.open(parse(pick(presets).query).settings),
    start: (session) => session.open({ ...DEFAULTS, hidden_layers: [1], weights: [number(), number(), 0, number(), -1], targets: [0, 0, 0, 1] }),
    reset: (session) => session.reset(),
    undo: (session) => session.undo(),
    redo: (session) => session.redo(),
    limit: (session) => session.setLimit(draw(600)),
    view: (session) => session.setView(pick(Object.keys(VIEWS)), draw(2) === 1),
    unit: (session) => session.select(0, draw(session.run.settings.hidden_layers[0])),
    place(session) {
      session.at = [draw(4), draw(2 * session.run.network.layers.length + 2)];
      session.publish();
    },
    pin: (session) => session.pin(session.copy()),
    unpin: (session) => session.pin(null),
    wait: pause,
  };

  const isAway = ({ isComputing, pinned }) =>
    isComputing || (pinned && pinned.epoch < pinned.settings.epoch && !pinned.diverged);
  const arrive = async (session) => {
    while (isAway(session)) await pause();
  };
  const numbers = ({ network, y, rate, epoch, losses, settings }) => {
    const { seed, hidden_layers, activation, loss, initializer } = settings;
    return [[...network.theta], [...y], rate, epoch, losses, seed, hidden_layers, activation, loss, initializer].map(String);
  };
  const shown = ({ run, limit, views, unit, at, pinned }) =>
    JSON.stringify([numbers(run), pinned && numbers(pinned), limit, [...views].sort(), unit, at]);

  const wrong = [];
  let short = 0;
  for (let trial = 0; trial < trials; trial++) {
    const session = new Session(`trial-${trial}`, parse(`?seed=${trial}&hidden_layers=${widths()}&changes=5:y0:1;9:rate:0.5`).settings);
    const done = [];
    for (let count = 3 + draw(15); count > 0; count--) {
      const name = pick(Object.keys(hands));
      done.push(name);
      await hands[name](session);
    }
    const link = print(session.settings);
    const file = JSON.parse(JSON.stringify(session.settings));
    const { settings, problems } = parse(link);
    const again = new Session("again", settings);
    const opened = new Session("opened", fromObject(file));
    for (const each of [session, again, opened]) await arrive(each);
    const isSame = [again, opened].every((each) => shown(each) === shown(session)) && print(again.settings) === link;
    if (!isSame || Object.keys(problems).length) wrong.push({ trial, link, done, problems });
    short += link.length <= LONGEST;
  }
  return { wrong: wrong.slice(0, 3), count: wrong.length, short };
}
