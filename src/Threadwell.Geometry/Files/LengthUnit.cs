namespace Threadwell.Geometry;

/// <summary>The length units that a scan file may be in.</summary>
public static class LengthUnit
{
    /// <summary>The units by the names that users give them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["mm", "cm", "m", "in"];

    /// <summary>Millimetres in one unit.</summary>
    /// <param name="unit">One of <see cref="Names"/>.</param>
    /// <exception cref="InvalidInputException">The unit is unknown.</exception>
    public static double Millimetres(string unit) => unit switch
    {
        "mm" => 1,
        "cm" => 10,
        "m" => 1000,
        "in" => 25.4,
        _ => throw new InvalidInputException("unit", place: null, $"'{unit}' is not one of {string.Join(", ", Names)}"),
    };
}
