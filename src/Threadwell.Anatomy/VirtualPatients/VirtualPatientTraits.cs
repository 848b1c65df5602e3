namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>The part of the body that a virtual patient shows.</summary>
public enum VirtualBody
{
    /// <summary>Head and neck.</summary>
    Head,

    /// <summary>Torso from the base of the neck to the hips, without arms.</summary>
    Torso,
}

/// <summary>What a virtual patient is like. The same traits always give the same patient.</summary>
public sealed record VirtualPatientTraits
{
    /// <summary>Age in years, 18 to 90.</summary>
    public double AgeYears { get; init; } = 50;

    /// <summary>Biological sex.</summary>
    public Sex Sex { get; init; } = Sex.Female;

    /// <summary>Laxity of the skin.</summary>
    public Laxity Laxity { get; init; } = Laxity.Moderate;

    /// <summary>Person: proportions and slight asymmetry are drawn from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Part of the body.</summary>
    public VirtualBody Body { get; init; } = VirtualBody.Head;
}
