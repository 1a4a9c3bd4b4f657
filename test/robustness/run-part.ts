const { CHAOS } = await import('/work/h-wire/test/robustness/chaos.ts');
for (const part of CHAOS.slice(Number(process.argv[2]), Number(process.argv[2]) + 1)) {
  console.log(part.title, new Date());
  await part.measure((f: object) => console.log(new Date().toISOString().slice(11, 19), JSON.stringify(f)));
}
process.exit(0);
