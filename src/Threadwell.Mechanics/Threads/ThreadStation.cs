namespace Threadwell.Mechanics.Threads;

/// <summary>Which motion of the tissue along a thread a barb resists with its full holding force.</summary>
public enum BarbGrip
{
    /// <summary>No barb: the cable passes freely.</summary>
    None = 0,

    /// <summary>Holds tissue against moving towards the exit (and the cable against being drawn out at the entry).</summary>
    HoldsTowardsEntry = 1,

    /// <summary>Holds tissue against moving towards the entry (and the cable against being drawn out at the exit).</summary>
    HoldsTowardsExit = -1,
}

/// <summary>A point of a thread at which it touches the tissue or the ground.</summary>
/// <param name="AxialMm">Distance along the thread from its entry, mm.</param>
/// <param name="Grip">The barb at this station; <see cref="BarbGrip.None"/> for a free point, which only carries the cable round a bend.</param>
/// <param name="IsAnchor">Whether the cable is fixed to the deep fascia here.</param>
public readonly record struct ThreadStation(double AxialMm, BarbGrip Grip, bool IsAnchor = false);
