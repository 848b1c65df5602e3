using System.Diagnostics;
using System.Text.Json;
using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Mechanics.Decks;

/// <summary>Solves a deck file and writes the answer.</summary>
public static class SolveDeck
{
    // Tight enough that displacements agree with other codes to about nine digits.
    private const double Tolerance = 1e-9;

    /// <summary>
    /// Reads a deck, finds its equilibrium and writes a JSON file with <c>displacements</c> (mm, three numbers a node), <c>probes</c>
    /// (mm), <c>max</c> {node, value}, <c>iterations</c> {newton, linear}, <c>relativeResidual</c> and <c>seconds</c> {read, assemble,
    /// solve, total}. Nothing is written when it fails.
    /// </summary>
    /// <param name="deckPath">The deck.</param>
    /// <param name="outPath">The answer; replaced when it exists.</param>
    /// <param name="progress">Receives one line a stage; may be null.</param>
    /// <exception cref="InvalidInputException">The deck is not sound, has too few supports or no stable equilibrium; or the answer cannot be written.</exception>
    public static EquilibriumResult Run(string deckPath, string outPath, Action<string>? progress = null)
    {
        long start = Stopwatch.GetTimestamp();
        Deck deck = DeckReader.Read(deckPath);
        double read = Stopwatch.GetElapsedTime(start).TotalSeconds;
        progress?.Invoke($"{deck.Nodes.Length} nodes, {deck.ElementMaterials.Length} elements");
        long setUp = Stopwatch.GetTimestamp();
        SolidModel model;
        try
        {
            model = deck.CreateModel();
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException(deckPath, null, e.Message, e);
        }

        var solver = new EquilibriumSolver(model, options: new EquilibriumOptions { Tolerance = Tolerance });
        double prepared = Stopwatch.GetElapsedTime(setUp).TotalSeconds;
        var displacement = new double[3 * deck.Nodes.Length];
        if (!solver.TrySolve(displacement, out EquilibriumResult result))
        {
            throw new InvalidInputException(deckPath, null, new EquilibriumException(result).Message);
        }

        progress?.Invoke($"equilibrium in {result.Iterations} iterations, relative residual {result.RelativeResidual:g2}");
        var seconds = new DeckTimes(read, prepared + result.AssemblySeconds, result.LinearSeconds, start);
        Write(deck, displacement, result, seconds, outPath);
        return result;
    }

    private static void Write(Deck deck, double[] displacement, EquilibriumResult result, DeckTimes seconds, string outPath)
    {
        string partial = outPath + ".partial";
        try
        {
            using (FileStream file = File.Create(partial))
            using (var json = new Utf8JsonWriter(file))
            {
                json.WriteStartObject();
                json.WriteString("name", deck.Name);
                json.WriteStartArray("displacements");
                for (int node = 0; node < deck.Nodes.Length; node++)
                {
                    WriteVector(json, displacement.AsSpan(3 * node, 3));
                }

                json.WriteEndArray();
                json.WriteStartObject("probes");
                foreach ((string name, int node) in deck.Probes)
                {
                    json.WritePropertyName(name);
                    WriteVector(json, displacement.AsSpan(3 * node, 3));
                }

                json.WriteEndObject();
                (int largest, double value) = Largest(displacement);
                json.WriteStartObject("max");
                json.WriteNumber("node", largest);
                json.WriteNumber("value", value);
                json.WriteEndObject();
                json.WriteStartObject("iterations");
                json.WriteNumber("newton", result.Iterations);
                json.WriteNumber("linear", result.LinearIterations);
                json.WriteEndObject();
                json.WriteNumber("relativeResidual", result.RelativeResidual);
                json.WriteStartObject("seconds");
                json.WriteNumber("read", Math.Round(seconds.Read, 4));
                json.WriteNumber("assemble", Math.Round(seconds.Assemble, 4));
                json.WriteNumber("solve", Math.Round(seconds.Solve, 4));
                json.WriteNumber("total", Math.Round(Stopwatch.GetElapsedTime(seconds.Start).TotalSeconds, 4));
                json.WriteEndObject();
                json.WriteEndObject();
            }

            File.Move(partial, outPath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(outPath, null, $"cannot be written: {e.Message}", e);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void WriteVector(Utf8JsonWriter json, ReadOnlySpan<double> vector)
    {
        json.WriteStartArray();
        foreach (double value in vector)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static (int Node, double Value) Largest(double[] displacement)
    {
        int largest = 0;
        double square = -1;
        for (int node = 0; node < displacement.Length / 3; node++)
        {
            double s = (displacement[3 * node] * displacement[3 * node]) + (displacement[(3 * node) + 1] * displacement[(3 * node) + 1])
                + (displacement[(3 * node) + 2] * displacement[(3 * node) + 2]);
            if (s > square)
            {
                (largest, square) = (node, s);
            }
        }

        return (largest, Math.Sqrt(square));
    }

    private readonly record struct DeckTimes(double Read, double Assemble, double Solve, long Start);
}
