using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>
/// A place on the skin relative to landmarks, as data: a weighted mean of landmarks and a shift in mm, then brought to the skin. Paired landmarks are
/// named without a side ("tragus") and taken on the side asked for; "other:tragus" is that of the other side.
/// </summary>
public sealed record LandmarkPoint
{
    private LandmarkPoint(IReadOnlyList<(string Name, double Weight)> weights) => Weights = weights;

    /// <summary>Landmarks and their weights, which sum to 1.</summary>
    public IReadOnlyList<(string Name, double Weight)> Weights { get; }

    /// <summary>Shift in mm: x outwards from the midline, y up, z to the front.</summary>
    public Vector3D ShiftMm { get; private init; }

    /// <summary>The place of a landmark.</summary>
    public static LandmarkPoint At(string name) => new([(name, 1)]);

    /// <summary>The place a fraction of the way from one landmark to another.</summary>
    public static LandmarkPoint Between(string from, string to, double fraction) => new([(from, 1 - fraction), (to, fraction)]);

    /// <summary>The weighted mean of landmarks; weights sum to 1.</summary>
    public static LandmarkPoint Mean(params (string Name, double Weight)[] weights) => new(weights);

    /// <summary>The place a fraction of the way from one place to another.</summary>
    public static LandmarkPoint Lerp(LandmarkPoint from, LandmarkPoint to, double fraction)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return new([.. from.Weights.Select(w => (w.Name, (1 - fraction) * w.Weight)), .. to.Weights.Select(w => (w.Name, fraction * w.Weight))])
        {
            ShiftMm = Vector3D.Lerp(from.ShiftMm, to.ShiftMm, fraction),
        };
    }

    /// <summary>The same place shifted by mm: outwards from the midline, up, to the front.</summary>
    public LandmarkPoint Shifted(double outMm, double upMm, double frontMm) => this with { ShiftMm = ShiftMm + new Vector3D(outMm, upMm, frontMm) };

    /// <summary>The full name of one of its landmarks on a side.</summary>
    internal static string NameOnSide(string name, bool left)
    {
        const string Other = "other:";
        bool other = name.StartsWith(Other, StringComparison.Ordinal);
        string bare = other ? name[Other.Length..] : name;
        return LandmarkNames.PairedHead.Contains(bare) || LandmarkNames.PairedTorso.Contains(bare) ? LandmarkNames.OnSide(bare, left != other) : bare;
    }
}
