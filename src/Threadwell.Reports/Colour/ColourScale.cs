using System.Numerics;

namespace Threadwell.Reports.Colour;

/// <summary>
/// Colours for values. The scales are built in <see cref="Oklab"/> with equal steps of lightness, so that they read the same without
/// colour vision and in a grey print.
/// </summary>
public sealed class ColourScale
{
    private const int Steps = 256;

    // The colour of zero is that of the uncoloured skin, so that what does not move looks untouched.
    private static readonly Vector3 ZeroLightnessChromaHue = new(0.845f, 0.052f, 58);

    private readonly Vector3[] colours;

    private ColourScale(double low, double high, string label, Vector3[] colours)
    {
        Low = low;
        High = high;
        Label = label;
        this.colours = colours;
    }

    /// <summary>Value of the first colour.</summary>
    public double Low { get; }

    /// <summary>Value of the last colour.</summary>
    public double High { get; }

    /// <summary>What the values are, with their unit, for the legend ("lift on day 0, mm").</summary>
    public string Label { get; }

    /// <summary>Linear sRGB of skin without a value.</summary>
    public static Vector3 Skin =>
        Oklab.FromLightnessChromaHue(ZeroLightnessChromaHue.X, ZeroLightnessChromaHue.Y, ZeroLightnessChromaHue.Z);

    /// <summary>A scale from indigo through teal to yellow, dark to light, for values of one sign.</summary>
    /// <param name="low">Value of the darkest colour.</param>
    /// <param name="high">Value of the lightest colour; above <paramref name="low"/>.</param>
    /// <param name="label">What the values are, with their unit.</param>
    public static ColourScale Sequential(double low, double high, string label)
    {
        CheckRange(low, high);
        var steps = new Vector3[Steps];
        for (int step = 0; step < Steps; step++)
        {
            float t = step / (Steps - 1f);
            steps[step] = Oklab.FromLightnessChromaHue(0.30f + (0.62f * t), 0.10f + (0.06f * t), 285 - (180 * t));
        }

        return new ColourScale(low, high, label, steps);
    }

    /// <summary>
    /// A scale for movement: skin colour at zero, through teal to deep blue above it, and through ochre to brown below. Both arms
    /// darken by the same lightness a unit, so that equal movements up and down look equally strong.
    /// </summary>
    /// <param name="low">Lowest value shown; at most 0.</param>
    /// <param name="high">Highest value shown; at least 0, and above <paramref name="low"/>.</param>
    /// <param name="label">What the values are, with their unit.</param>
    public static ColourScale Movement(double low, double high, string label)
    {
        CheckRange(low, high);
        if (low > 0 || high < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(low), "A scale of movement holds zero.");
        }

        double reach = Math.Max(-low, high);
        var steps = new Vector3[Steps];
        for (int step = 0; step < Steps; step++)
        {
            double value = low + ((high - low) * step / (Steps - 1));
            float strength = (float)(Math.Abs(value) / reach);
            float lightness = ZeroLightnessChromaHue.X - ((ZeroLightnessChromaHue.X - 0.36f) * strength);
            Vector3 arm = value >= 0
                ? Oklab.FromLightnessChromaHue(lightness, 0.075f + (0.055f * strength), 172 + (83 * strength))
                : Oklab.FromLightnessChromaHue(lightness, 0.10f + (0.02f * strength), 62 - (25 * strength));

            // The first fifth leaves the skin's colour gradually.
            float leave = MathF.Min(1, strength / 0.22f);
            steps[step] = Vector3.Lerp(Skin, arm, leave * leave * (3 - (2 * leave)));
        }

        return new ColourScale(low, high, label, steps);
    }

    /// <summary>Linear sRGB of a value; values outside the scale take the colour of its nearer end.</summary>
    public Vector3 At(double value)
    {
        double position = Math.Clamp((value - Low) / (High - Low), 0, 1) * (Steps - 1);
        int index = Math.Min((int)position, Steps - 2);
        return Vector3.Lerp(colours[index], colours[index + 1], (float)(position - index));
    }

    private static void CheckRange(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || high <= low)
        {
            throw new ArgumentOutOfRangeException(nameof(high), "A colour scale needs a finite range above zero length.");
        }
    }
}
