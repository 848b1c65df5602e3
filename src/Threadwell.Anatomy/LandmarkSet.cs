using System.Diagnostics.CodeAnalysis;
using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>A landmark on the skin.</summary>
/// <param name="Name">Name of <see cref="LandmarkNames"/>.</param>
/// <param name="Position">Position on the skin, mm, patient frame.</param>
/// <param name="Confidence">From 0 (a guess) to 1 (placed by a person or known by construction).</param>
public sealed record Landmark(string Name, Vector3D Position, double Confidence);

/// <summary>The landmarks of one scan, by name.</summary>
public sealed class LandmarkSet
{
    private readonly SortedDictionary<string, Landmark> byName = new(StringComparer.Ordinal);

    /// <summary>Collects landmarks; a later one of the same name replaces an earlier one.</summary>
    public LandmarkSet(IEnumerable<Landmark> landmarks)
    {
        ArgumentNullException.ThrowIfNull(landmarks);
        foreach (Landmark landmark in landmarks)
        {
            byName[landmark.Name] = landmark;
        }
    }

    /// <summary>All landmarks in the order of their names.</summary>
    public IReadOnlyCollection<Landmark> All => byName.Values;

    /// <summary>Position of a landmark in mm.</summary>
    /// <exception cref="KeyNotFoundException">The set has no such landmark.</exception>
    public Vector3D this[string name] =>
        byName.TryGetValue(name, out Landmark? landmark)
            ? landmark.Position
            : throw new KeyNotFoundException($"The scan has no landmark '{name}'.");

    /// <summary>Looks a landmark up without throwing.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Landmark? landmark) => byName.TryGetValue(name, out landmark);
}
