// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

/** A customer of an organization. */
export interface Customer {
    /** Identifies the customer. No other customer has the same ID. */
    id: string;
    /**
     * Date and time at which the customer was created.
     *
     * Format: date-time
     */
    createdAt?: string;
    /**
     * Date and time at which the customer was last updated.
     *
     * Format: date-time
     */
    updatedAt?: string;
    /**
     * The customer's date of birth, as YYYY-MM-DD.
     *
     * Format: date
     */
    dob?: string;
    /**
     * The customer's email address.
     *
     * Format: email
     */
    email?: string;
    /** The customer's first name or given name. */
    firstName: string;
    /** The customer's gender, such as `MALE`. LOKE states no closed set of values. */
    gender?: string;
    /** Whether the customer has agreed to marketing. */
    hasAgreedToMarketing?: boolean;
    /** The customer's last name or surname. */
    lastName: string;
    /** The customer's mobile phone number. */
    phoneNumber?: string;
    /** The customer's points and spend so far. */
    statistics?: CustomerStatistics;
}

/** Points and spend of a customer. LOKE does not state the dates of a customer who has not earned, redeemed or spent yet. */
export interface CustomerStatistics {
    /**
     * Date and time at which the customer last earned points.
     *
     * Format: date-time
     */
    lastPointsEarnedAt: string;
    /**
     * Date and time at which the customer last redeemed points.
     *
     * Format: date-time
     */
    lastPointsRedeemedAt: string;
    /**
     * Date of the customer's last spend.
     *
     * Format: date-time
     */
    lastSpentAt: string;
    /** The customer's current points balance. */
    pointsBalance: number;
    /** Points earned over the customer's lifetime, in total. */
    totalPointsEarned: number;
    /** Points redeemed over the customer's lifetime, in total. */
    totalPointsRedeemed: number;
    /** The customer's total spend, in the currency's smallest unit, such as cents. */
    totalSpend: number;
}

/** A customer in brief. No operation returns it. */
export interface CustomerTiny {
    /** Identifies the customer. No other customer has the same ID. */
    id: string;
    /**
     * The customer's email address.
     *
     * Format: email
     */
    email?: string;
    /** The customer's first name or given name. */
    firstName: string;
    /** The customer's last name or surname. */
    lastName: string;
    /** The customer's mobile phone number. */
    phoneNumber?: string;
}

/** A customer list, in brief. */
export interface CustomerListTiny {
    /** Identifies the customer list. No other list has the same ID. */
    id: string;
    /** What the customer list is called. */
    name: string;
}
