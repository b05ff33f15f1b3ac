// @ts-check
/** The memory of each instance of the WebAssembly, of which the package shows none. Import it before the package. */

/** @type {WeakRef<WebAssembly.Memory>[]} */
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
  constructor(module, imports) {
    super(module, imports);
    // By its type: the build shortens the names.
    for (const each of Object.values(this.exports)) {
      if (each instanceof WebAssembly.Memory) memories.push(new WeakRef(each));
    }
  }
};

/** How much memory the WebAssembly has. An instance never gives any back, so this is its peak. */
export function wasmBytes() {
  return memories.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0);
}
