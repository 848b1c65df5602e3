using System.Globalization;

namespace Threadwell.Geometry;

/// <summary>
/// Tells the unit of a scan from its size. A head or torso scan is between <see cref="SmallestBody"/> and <see cref="LargestBody"/> long.
/// The ranges that this gives for mm, cm and m do not overlap. Inches would overlap with centimetres and are taken only when declared.
/// </summary>
internal static class UnitInference
{
    /// <summary>Longest side of the smallest scan to be expected (a child's face), mm.</summary>
    public const double SmallestBody = 125;

    /// <summary>Longest side of the largest scan to be expected (a torso with arms), mm.</summary>
    public const double LargestBody = 1240;

    /// <summary>The unit, whether it was inferred, and a remark where the user should confirm it.</summary>
    /// <param name="source">The file, for messages.</param>
    /// <param name="declared">The unit that the user declares, or null.</param>
    /// <param name="formatUnit">The unit that the format prescribes, or null.</param>
    /// <param name="extent">Longest side of the largest part's bounding box, in the file's unit.</param>
    /// <param name="remarks">Receives what was inferred.</param>
    /// <exception cref="InvalidInputException">The size fits no unit, or a declared unit makes it impossible.</exception>
    public static (string Unit, bool Inferred) Choose(string source, string? declared, string? formatUnit, double extent, List<string> remarks)
    {
        if (declared is not null)
        {
            double millimetres = LengthUnit.Millimetres(declared) * extent;

            // A declared unit may describe a small patch or a whole body, but not an ant or a house.
            return millimetres is >= 20 and <= 2500
                ? (declared, false)
                : throw new InvalidInputException(
                    source, place: null, $"in {declared} the scan would be {Show(millimetres)} mm long, which is no body part; check the declared unit");
        }

        if (formatUnit is not null && Fits(formatUnit, extent))
        {
            return (formatUnit, false);
        }

        foreach (string unit in (string[])["mm", "cm", "m"])
        {
            if (Fits(unit, extent))
            {
                remarks.Add(
                    $"Unit taken as {unit} from the size: the longest side is {Show(extent)} in the file, {Show(LengthUnit.Millimetres(unit) * extent)} mm on the patient. Declare the unit if this is wrong.");
                return (unit, true);
            }
        }

        throw new InvalidInputException(
            source,
            place: null,
            $"the longest side is {Show(extent)}, which fits no head or torso in mm, cm or m; declare the unit (mm, cm, m or in) if the scan is right");
    }

    private static bool Fits(string unit, double extent) => LengthUnit.Millimetres(unit) * extent is >= SmallestBody and <= LargestBody;

    private static string Show(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
