using SkiaSharp;

namespace Threadwell.Reports.Documents.Layout;

/// <summary>A strip of a document that no page break cuts. Lengths in points.</summary>
/// <param name="Height">Height.</param>
/// <param name="Draw">Draws it with its upper left corner at a place.</param>
internal sealed record Piece(float Height, Action<SKCanvas, float, float> Draw)
{
    /// <summary>Whether the next piece belongs on the same page.</summary>
    public bool KeepWithNext { get; init; }

    /// <summary>Whether it is only space, which falls away at the top of a page.</summary>
    public bool IsSpace { get; init; }

    /// <summary>Whether the page ends here.</summary>
    public bool EndsPage { get; init; }

    /// <summary>Pieces that stand above this one where a page begins with it: the head of its table.</summary>
    public IReadOnlyList<Piece> Repeated { get; init; } = [];

    public static Piece Space(float height) => new(height, (_, _, _) => { }) { IsSpace = true };
}
