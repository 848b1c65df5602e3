using System.Numerics;

namespace Threadwell.Reports.Colour;

/// <summary>
/// The Oklab colour space (B. Ottosson, "A perceptual color space for image processing", 2020), in which equal steps look equal.
/// Linear sRGB colours are vectors of red, green and blue from 0 to 1.
/// </summary>
public static class Oklab
{
    /// <summary>Linear sRGB of an Oklab colour; components may leave 0 to 1 outside the screen's gamut.</summary>
    /// <param name="lightness">Perceived lightness, 0 black to 1 white.</param>
    /// <param name="a">Green (negative) to red (positive).</param>
    /// <param name="b">Blue (negative) to yellow (positive).</param>
    public static Vector3 ToLinear(float lightness, float a, float b)
    {
        float l = Cube(lightness + (0.3963377774f * a) + (0.2158037573f * b));
        float m = Cube(lightness - (0.1055613458f * a) - (0.0638541728f * b));
        float s = Cube(lightness - (0.0894841775f * a) - (1.2914855480f * b));
        return new Vector3(
            (4.0767416621f * l) - (3.3077115913f * m) + (0.2309699292f * s),
            (-1.2684380046f * l) + (2.6097574011f * m) - (0.3413193965f * s),
            (-0.0041960863f * l) - (0.7034186147f * m) + (1.7076147010f * s));
    }

    /// <summary>Oklab lightness, a and b of a linear sRGB colour.</summary>
    public static Vector3 FromLinear(Vector3 linear)
    {
        float l = MathF.Cbrt((0.4122214708f * linear.X) + (0.5363325363f * linear.Y) + (0.0514459929f * linear.Z));
        float m = MathF.Cbrt((0.2119034982f * linear.X) + (0.6806995451f * linear.Y) + (0.1073969566f * linear.Z));
        float s = MathF.Cbrt((0.0883024619f * linear.X) + (0.2817188376f * linear.Y) + (0.6299787005f * linear.Z));
        return new Vector3(
            (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s),
            (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s),
            (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s));
    }

    /// <summary>Linear sRGB of lightness, chroma and hue in degrees; the chroma is reduced until the colour can be shown.</summary>
    public static Vector3 FromLightnessChromaHue(float lightness, float chroma, float hueDegrees)
    {
        float hue = hueDegrees * MathF.PI / 180;
        Vector3 linear = default;
        for (int attempt = 0; attempt < 32; attempt++)
        {
            linear = ToLinear(lightness, chroma * MathF.Cos(hue), chroma * MathF.Sin(hue));
            if (MathF.Min(linear.X, MathF.Min(linear.Y, linear.Z)) >= 0 && MathF.Max(linear.X, MathF.Max(linear.Y, linear.Z)) <= 1)
            {
                break;
            }

            chroma *= 0.94f;
        }

        return Vector3.Clamp(linear, Vector3.Zero, Vector3.One);
    }

    /// <summary>Encodes one linear component as sRGB, 0 to 1 (IEC 61966-2-1).</summary>
    public static float Encode(float linear) =>
        linear <= 0.0031308f ? 12.92f * MathF.Max(linear, 0) : (1.055f * MathF.Pow(MathF.Min(linear, 1), 1 / 2.4f)) - 0.055f;

    /// <summary>Decodes one sRGB component, 0 to 1, to linear light.</summary>
    public static float Decode(float encoded) =>
        encoded <= 0.04045f ? encoded / 12.92f : MathF.Pow((encoded + 0.055f) / 1.055f, 2.4f);

    private static float Cube(float value) => value * value * value;
}
