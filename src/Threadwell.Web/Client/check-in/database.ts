// A database of this browser, as far as answers on the phone need one.
export interface BrowserDatabase {
  all<T>(store: string): Promise<T[]>;
  /** One change: all of it, or nothing. */
  change(stores: string[], act: (transaction: IDBTransaction) => void): Promise<void>;
}

/** Opens a database whose stores keep what they hold under its id. */
export async function openDatabase(name: string, stores: string[]): Promise<BrowserDatabase> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      for (const store of stores) opening.result.createObjectStore(store, { keyPath: 'id' });
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('The store of this browser does not open.'));
  });
  return {
    change: (changed, act) =>
      new Promise((resolve, reject) => {
        // Answers must outlive a phone whose battery ends now.
        const transaction = database.transaction(changed, 'readwrite', { durability: 'strict' });
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('The store of this browser is full.'));
        act(transaction);
      }),
    all: <T>(store: string): Promise<T[]> =>
      new Promise((resolve, reject) => {
        const reading = database.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => resolve(reading.result as T[]);
        reading.onerror = () => reject(reading.error ?? new Error('The store of this browser cannot be read.'));
      }),
  };
}
