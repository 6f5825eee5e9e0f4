/** A shop in four subgraphs, as gateways are usually measured by. */
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@external", "@shareable"])\n`;

const USERS = Array.from({ length: 24 }, (_, index) => ({
  id: `u${index}`,
  name: `Nguyễn Văn ${index}`,
  username: `user.${index}`,
  email: `user.${index}@shop.example`,
}));
const PRODUCTS = Array.from({ length: 40 }, (_, index) => ({
  upc: `p${index}`,
  name: `Kệ sách số ${index}`,
  price: 100_000 + index * 7_500,
  parcel: ["small", "medium", "large"][index % 3],
  zone: index % 2 === 0 ? "lowland" : "highland",
  category: index % 3 === 0 ? "SHELF" : "BOOK",
}));
const REVIEWS = Array.from({ length: 240 }, (_, index) => ({
  id: `r${index}`,
  body: `Nhận xét thứ ${index}: hàng tốt, giao đúng hẹn, đóng gói cẩn thận.`,
  rating: 1 + (index % 5),
  authorId: `u${index % 24}`,
  upc: `p${(index * 7) % 40}`,
}));

const reviewsOf = (isTheirs: (review: (typeof REVIEWS)[number]) => boolean, first: number) =>
  REVIEWS.filter(isTheirs).slice(0, first);
const userWith = (id: string) => USERS.find((user) => user.id === id);
const productWith = (upc: string) => PRODUCTS.find((product) => product.upc === upc);
const stockOf = ({ upc, parcel, zone }: { upc: string; parcel?: string; zone?: string }) => ({
  upc,
  parcel,
  zone,
  quantity: (Number(upc.slice(1)) * 13) % 50,
});

interface Subgraph {
  sdl: string;
  resolvers: Record<string, Record<string, unknown>>;
}

export const CLASSIC: Readonly<Record<"users" | "products" | "reviews" | "stock", Subgraph>> = {
  users: {
    sdl: `${LINK}
      type Query { me: User!  users(first: Int! = 5): [User!]! }
      type User @key(fields: "id") { id: ID!  name: String!  username: String!  email: String }`,
    resolvers: {
      Query: {
        me: () => USERS[0],
        users: (_: unknown, { first }: { first: number }) => USERS.slice(0, first),
      },
      User: { __resolveReference: ({ id }: { id: string }) => userWith(id) },
    },
  },
  products: {
    sdl: `${LINK}
      enum Category { BOOK SHELF }
      type Query { topProducts(first: Int! = 5): [Product!]!  product(upc: ID!): Product }
      type Product @key(fields: "upc") { upc: ID!  name: String!  price: Int!  parcel: String!  zone: String!  category: Category }`,
    resolvers: {
      Query: {
        topProducts: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first),
        product: (_: unknown, { upc }: { upc: string }) => productWith(upc) ?? null,
      },
      Product: { __resolveReference: ({ upc }: { upc: string }) => productWith(upc) },
    },
  },
  reviews: {
    sdl: `${LINK}
      type Review @key(fields: "id") { id: ID!  body: String!  rating: Int  author: User  product: Product }
      type User @key(fields: "id") { id: ID!  reviews(first: Int! = 5): [Review!]! }
      type Product @key(fields: "upc") { upc: ID!  reviews(first: Int! = 5): [Review!]! }
      type Query { latestReview: Review }`,
    resolvers: {
      Query: { latestReview: () => REVIEWS.at(-1) },
      Review: {
        __resolveReference: ({ id }: { id: string }) => REVIEWS.find((one) => one.id === id),
        author: ({ authorId }: { authorId: string }) => ({ id: authorId }),
        product: ({ upc }: { upc: string }) => ({ upc }),
      },
      User: {
        reviews: ({ id }: { id: string }, { first }: { first: number }) =>
          reviewsOf(({ authorId }) => authorId === id, first),
      },
      Product: {
        reviews: ({ upc }: { upc: string }, { first }: { first: number }) =>
          reviewsOf((review) => review.upc === upc, first),
      },
    },
  },
  stock: {
    sdl: `${LINK}
      type Product @key(fields: "upc") {
        upc: ID!
        parcel: String! @external
        zone: String! @external
        inStock: Boolean!
        quantity: Int
        shippingEstimate: Int @requires(fields: "parcel zone")
      }
      type Query { warehouses: Int }`,
    resolvers: {
      Query: { warehouses: () => 3 },
      Product: {
        __resolveReference: stockOf,
        inStock: ({ upc }: { upc: string }) => stockOf({ upc }).quantity > 5,
        quantity: ({ upc }: { upc: string }) => stockOf({ upc }).quantity,
        shippingEstimate: ({ parcel = "", zone }: { parcel?: string; zone?: string }) =>
          parcel.length * (zone === "highland" ? 5_000 : 2_000),
      },
    },
  },
};

/** The same shop as one schema, for a server without a gateway. */
export const CLASSIC_MONOLITH = {
  sdl: `
    enum Category { BOOK SHELF }
    type Query {
      me: User!  users(first: Int! = 5): [User!]!  latestReview: Review  warehouses: Int
      topProducts(first: Int! = 5): [Product!]!  product(upc: ID!): Product
    }
    type User { id: ID!  name: String!  username: String!  email: String  reviews(first: Int! = 5): [Review!]! }
    type Product {
      upc: ID!  name: String!  price: Int!  parcel: String!  zone: String!  category: Category  reviews(first: Int! = 5): [Review!]!
      inStock: Boolean!  quantity: Int  shippingEstimate: Int
    }
    type Review { id: ID!  body: String!  rating: Int  author: User  product: Product }`,
  resolvers: {
    Query: {
      ...CLASSIC.users.resolvers.Query,
      ...CLASSIC.products.resolvers.Query,
      ...CLASSIC.reviews.resolvers.Query,
      ...CLASSIC.stock.resolvers.Query,
    },
    User: { reviews: CLASSIC.reviews.resolvers.User!.reviews },
    Product: {
      reviews: CLASSIC.reviews.resolvers.Product!.reviews,
      inStock: CLASSIC.stock.resolvers.Product!.inStock,
      quantity: CLASSIC.stock.resolvers.Product!.quantity,
      shippingEstimate: CLASSIC.stock.resolvers.Product!.shippingEstimate,
    },
    Review: {
      author: ({ authorId }: { authorId: string }) => userWith(authorId),
      product: ({ upc }: { upc: string }) => productWith(upc),
    },
  },
};

/** The same subgraphs in the words of Federation 1, for gateways that know no other. */
export const CLASSIC_V1: Readonly<Record<string, string>> = {
  users: firstVersion(CLASSIC.users.sdl),
  products: firstVersion(CLASSIC.products.sdl),
  reviews: firstVersion(CLASSIC.reviews.sdl).replaceAll(
    /type (User|Product) @key\(fields: "(\w+)"\) \{ (\w+): ID!/gu,
    `extend type $1 @key(fields: "$2") { $3: ID! @external`,
  ),
  stock: firstVersion(CLASSIC.stock.sdl)
    .replace("type Product @key", "extend type Product @key")
    .replace("upc: ID!", "upc: ID! @external"),
};

function firstVersion(sdl: string): string {
  return sdl.replace(LINK, "").replace("type Query", "extend type Query");
}

/** They select what `shippingEstimate` requires, for Mercurius's gateway does not ask for it of itself. */
export const CLASSIC_OPERATIONS = {
  heavy: /* GraphQL */ `
    query Heavy {
      users(first: 12) {
        ...Person
        reviews(first: 4) {
          id
          body
          rating
          product {
            ...Ware
            reviews(first: 3) {
              id
              body
              author {
                ...Person
                reviews(first: 2) {
                  id
                  body
                  product {
                    upc
                    name
                  }
                }
              }
            }
          }
        }
      }
      topProducts(first: 10) {
        ...Ware
        reviews(first: 4) {
          id
          rating
          author {
            ...Person
          }
        }
      }
    }
    fragment Person on User {
      id
      name
      username
    }
    fragment Ware on Product {
      upc
      name
      price
      parcel
      zone
      inStock
      shippingEstimate
    }
  `,
  medium: /* GraphQL */ `
    query Medium {
      topProducts(first: 8) {
        upc
        name
        price
        parcel
        zone
        inStock
        shippingEstimate
        reviews(first: 3) {
          id
          body
          author {
            id
            name
          }
        }
      }
    }
  `,
  small: /* GraphQL */ `
    query Small {
      me {
        id
        name
        username
      }
    }
  `,
} as const;
