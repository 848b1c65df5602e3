namespace Threadwell.Plans;

/// <summary>Bounds of what a thread and its placing can be: what lies beyond is a slip of the pen or of a unit.</summary>
public static class ThreadLimits
{
    /// <summary>Smallest core diameter, mm.</summary>
    public const double SmallestDiameterMm = 0.05;

    /// <summary>Largest core diameter, mm.</summary>
    public const double LargestDiameterMm = 1.5;

    /// <summary>Most barbs a centimetre.</summary>
    public const double MostBarbsPerCm = 40;

    /// <summary>Least depth below the skin, mm.</summary>
    public const double ShallowestMm = 0.5;

    /// <summary>Greatest depth below the skin, mm.</summary>
    public const double DeepestMm = 25;

    /// <summary>Largest gather along a thread, mm.</summary>
    public const double LargestGatherMm = 40;

    /// <summary>Largest pull on a thread, N.</summary>
    public const double LargestPullN = 50;
}
