/** Calls `then` once, after `ms` without a word: `heard` puts it off, `end` calls it off. */
export const whenQuiet = (ms: number, then: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const end = () => {
    over = true;
    clearTimeout(timer);
  };
  return {
    heard: () => {
      clearTimeout(timer);
      if (over) return;
      timer = setTimeout(() => {
        over = true;
        then();
      }, ms);
    },
    end,
  };
};
