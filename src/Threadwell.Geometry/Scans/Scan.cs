namespace Threadwell.Geometry;

/// <summary>A patient's surface, ready to plan on: one clean, consistently wound, manifold part in millimetres in the patient frame.</summary>
public sealed record Scan
{
    /// <summary>The surface, mm; +x the patient's left, +y up, +z front; the file's origin is kept.</summary>
    public required TriangleMesh Mesh { get; init; }

    /// <summary>The file's length unit: "mm", "cm", "m" or "in".</summary>
    public required string Unit { get; init; }

    /// <summary>Whether <see cref="Unit"/> was inferred from the size, and should be confirmed by the user.</summary>
    public required bool UnitInferred { get; init; }

    /// <summary>The file's axis that points up.</summary>
    public required string Up { get; init; }

    /// <summary>The file's axis that points to the front.</summary>
    public required string Front { get; init; }

    /// <summary>What was assumed and repaired, in plain sentences, for the user.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}
