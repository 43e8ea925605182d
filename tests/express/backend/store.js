'use strict';

// The records, in memory. Their ids and dates are the same at every start.

const START = Date.UTC(2025, 8, 1);

class Table {
  constructor(number, count = 0, of = () => ({})) {
    this.number = number;
    this.records = [];
    for (let index = 0; index < count; index += 1) this.add(of(index));
  }

  add(fields) {
    const index = this.records.length;
    const time = new Date(START + index * 60_000).toISOString();
    const id = `00000000-0000-4000-8${this.number}00-${String(index).padStart(12, '0')}`;
    const record = { id, version: 1, created_at: time, updated_at: time, ...fields };
    this.records.push(record);
    return record;
  }

  find(id) {
    return this.records.find((record) => record.id === id);
  }

  remove(id) {
    this.records = this.records.filter((record) => record.id !== id);
  }
}

const one = (values, index) => values[index % values.length];

module.exports = {
  listings: new Table(1, 57, (index) => ({
    address: `${index + 1} Oak Ave, Tehachapi, CA 93561`,
    list_price: 300_000 + index * 5_000,
    status: one(['active', 'pending', 'sold'], index),
    property_type: one(['single_family', 'condo'], index),
    bedrooms: 2 + (index % 4),
  })),
  clients: new Table(2, 23, (index) => ({
    first_name: 'Client',
    last_name: String(index),
    client_type: one(['buyer', 'seller', 'both'], index),
    status: 'active',
  })),
  leads: new Table(3, 21, (index) => ({
    name: `Lead ${index}`,
    status: one(['new', 'contacted'], index),
    lead_type: 'buyer',
    interest_level: one(['hot', 'warm', 'cold'], index),
  })),
  appointments: new Table(4, 22, (index) => ({
    title: `Showing ${index}`,
    appointment_type: 'showing',
    start_time: new Date(START + index * 86_400_000).toISOString(),
    end_time: new Date(START + index * 86_400_000 + 3_600_000).toISOString(),
    status: 'scheduled',
  })),
  escrows: new Table(5, 3, (index) => ({
    property_address: `${index + 1} Elm St`,
    escrow_status: 'active',
    purchase_price: 500_000,
  })),
  contacts: new Table(6, 2, (index) => ({
    first_name: 'Contact',
    last_name: String(index),
    contact_type: 'buyer',
  })),
  webhooks: new Table(7),
  deliveries: new Table(8),
  apiKeys: new Table(9, 1, () => ({ name: 'Rehearsal', is_active: true })),
};
