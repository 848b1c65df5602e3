namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Reproducible standard normal numbers from a seed: SplitMix64 (Steele, Lea &amp; Flood 2014) and the Box-Muller transform.</summary>
internal sealed class SeededNormal
{
    private ulong state;

    /// <summary>Starts the sequence of a seed.</summary>
    public SeededNormal(ulong seed) => state = seed;

    /// <summary>The next normal number, drawn again until its size is at most <paramref name="bound"/>.</summary>
    public double Next(double bound)
    {
        while (true)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
            double value = radius * Math.Cos(2 * Math.PI * NextUniform());
            if (Math.Abs(value) <= bound)
            {
                return value;
            }
        }
    }

    private double NextUniform()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }
}
