namespace Threadwell.Care.Triage;

/// <summary>How soon somebody must act on what a patient tells, from the mildest to the most severe. It routes; it is no diagnosis.</summary>
public enum TriageLevel
{
    /// <summary>What was told is usual for the day. Nobody has examined the patient.</summary>
    Green,

    /// <summary>The clinic answers within a working day.</summary>
    Amber,

    /// <summary>Acknowledged in minutes, a doctor speaks within hours, seen the same day.</summary>
    Red,

    /// <summary>Emergency department or ambulance now, without waiting for the clinic.</summary>
    Emergency,
}
