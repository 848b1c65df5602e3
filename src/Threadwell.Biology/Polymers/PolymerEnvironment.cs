namespace Threadwell.Biology;

/// <summary>Where a thread degrades.</summary>
public enum PolymerEnvironment
{
    /// <summary>
    /// In living tissue, of people or animals alike: the chains are cut by water and not by enzymes (E-017), at the same temperature, and no
    /// number tells species apart.
    /// </summary>
    InVivo,

    /// <summary>In buffer at 37 °C and pH 7.4, where PDO loses strength faster than in tissue (C-05).</summary>
    InVitro,
}
