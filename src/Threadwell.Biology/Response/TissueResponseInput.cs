namespace Threadwell.Biology;

/// <summary>Species whose time course is wanted; animal times are not human times.</summary>
public enum ResponseSpecies
{
    /// <summary>People.</summary>
    Human,

    /// <summary>Rats, by a set of numbers of their own: quicker cells and quicker turnover of new collagen. For checks against animal studies only.</summary>
    Rat,
}

/// <summary>What the tissue at one station of a thread responds to.</summary>
public sealed record TissueResponseInput
{
    /// <summary>Polymer of the thread.</summary>
    public required ThreadMaterial Material { get; init; }

    /// <summary>Diameter of the thread, mm.</summary>
    public required double DiameterMm { get; init; }

    /// <summary>Whether the station is at a barb, where surface and injury are larger (mission M3).</summary>
    public bool IsBarb { get; init; }

    /// <summary>Age, sex and smoking, which set how much collagen a person's tissue makes; null for a non-smoker of the reference age, and for animals.</summary>
    public Subject? Subject { get; init; }

    /// <summary>Threads through the same tunnel.</summary>
    public int Strands { get; init; } = 1;

    /// <summary>What disturbs the healing tissue, beside slip.</summary>
    public ResponseDisturbance Disturbance { get; init; } = ResponseDisturbance.None;

    /// <summary>Speed at which the thread slips through the tissue at this station, mm/d, by day; null where it holds. Never negative.</summary>
    public Func<double, double>? SlipMmPerDay { get; init; }

    /// <summary>Species.</summary>
    public ResponseSpecies Species { get; init; } = ResponseSpecies.Human;

    internal void Check()
    {
        Polymer.CheckDiameter(DiameterMm);
        Subject?.Check();
        if (Subject is not null && Species != ResponseSpecies.Human)
        {
            throw new ArgumentException("Age, sex and smoking are a person's: an animal has no subject.", nameof(Subject));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Strands, 1);
        Disturbance.Check();
    }
}
