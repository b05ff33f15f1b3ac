// @ts-check
/** One bench in a process of its own, so that none sees the heap or the compiled code of another: see ../run.js. */
const [name = '', options = '{}'] = process.argv.slice(2);
// A key or an address of whoever runs it must not change what is measured.
delete process.env.VIDEO_TASK_API_KEY;
delete process.env.VIDEO_TASK_BASE_URL;
const { bench } = await import(`../${name}.js`);
const rows = await bench(JSON.parse(options));
process.send?.(rows, () => process.exit());
