namespace Threadwell.Mechanics.Threads;

/// <summary>State of one barb in the last committed equilibrium.</summary>
/// <param name="Station">Index of its station in the thread.</param>
/// <param name="AxialMm">Distance from the entry along the thread, mm.</param>
/// <param name="LoadN">Force of the tissue on the cable along the thread, N; positive towards the exit.</param>
/// <param name="MarginN">Holding force in the direction of the load minus the load's size, N; zero while it slips.</param>
/// <param name="SlipMm">Irreversible slip at the holding force since insertion, mm; positive when the tissue moved towards the exit relative to the cable.</param>
/// <param name="LoosenedMm">What was worked loose below the holding force since insertion, mm, in the sign of slip.</param>
/// <param name="Slipped">Whether it has slipped at its holding force at all.</param>
public readonly record struct BarbReport(int Station, double AxialMm, double LoadN, double MarginN, double SlipMm, double LoosenedMm, bool Slipped);

/// <summary>State of one thread in the last committed equilibrium.</summary>
public sealed record ThreadReport
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Each barb, entry to exit.</summary>
    public required BarbReport[] Barbs { get; init; }

    /// <summary>Tension of each segment, N; one fewer than stations.</summary>
    public required double[] TensionN { get; init; }

    /// <summary>Displacement of the cable along the thread at each station, mm, positive towards the exit; at an entry that is pulled, how far it was drawn.</summary>
    public required double[] CableMm { get; init; }

    /// <summary>Largest tension, N.</summary>
    public required double LargestTensionN { get; init; }

    /// <summary>Force of the cable on its anchors, N, positive towards the exit; zero while the pull still acts at the entry.</summary>
    public required double AnchorReactionN { get; init; }

    /// <summary>Whether the tension has reached the cable's strength.</summary>
    public required bool Broken { get; init; }

    /// <summary>Whether the cable has lost its stiffness and carries nothing.</summary>
    public required bool Fragmented { get; init; }

    /// <summary>
    /// Whether the thread was drawn through the tissue: a pull above what barbs and cable can bear, or every barb that holds one
    /// way slipping under load.
    /// </summary>
    public required bool PulledThrough { get; init; }

    /// <summary>The pull that was asked for, N; null for none.</summary>
    public double? RequestedPullN { get; init; }

    /// <summary>Sum of what all barbs can hold now against a pull at the entry, N.</summary>
    public required double CapacityN { get; init; }

    /// <summary>Number of barbs that have slipped.</summary>
    public int SlippedBarbs => Barbs.Count(barb => barb.Slipped);
}
