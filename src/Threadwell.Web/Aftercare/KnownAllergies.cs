using System.Text.Json;
using Threadwell.Plans.Text;
using Threadwell.Storage.Assessments;

namespace Threadwell.Web.Aftercare;

/// <summary>What a patient is allergic to, from the answers of her assessment and from what a doctor typed.</summary>
internal static class KnownAllergies
{
    // A question whose id begins so asks for an allergy; an answer in words names what to.
    private const string Question = "allergy";

    private static readonly string[] NoneWords = ["none", "no", "nil", "nothing", "khong", "khong co", "khong di ung", "chua ghi nhan"];

    // The shipped questions ask for a kind of substance by yes and no; a yes stands for its members in use.
    private static readonly Dictionary<string, string[]> Substances = new(StringComparer.Ordinal)
    {
        ["allergyAnaesthetic"] = ["lidocaine", "lignocaine"],
        ["allergyPolymer"] = ["polydioxanone", "PDO", "PLLA", "PCL", "PLCL"],
    };

    /// <summary>What the answers name; empty where they name nothing, which is not an answer that there is none.</summary>
    public static IReadOnlyList<string> Of(StoredAssessment? assessment)
    {
        if (assessment is null)
        {
            return [];
        }

        var found = new List<string>();
        using var answers = JsonDocument.Parse(assessment.AnswersJson);
        foreach (JsonProperty answer in answers.RootElement.EnumerateObject().Where(answer => answer.Name.StartsWith(Question, StringComparison.Ordinal)))
        {
            string text = answer.Value.ValueKind == JsonValueKind.String ? answer.Value.GetString()! : "";
            if (text == "yes" && Substances.TryGetValue(answer.Name, out string[]? members))
            {
                found.AddRange(members);
            }
            else if (text is not ("yes" or "no" or "unknown"))
            {
                found.AddRange(Read(text));
            }
        }

        return found;
    }

    /// <summary>Reads a list that was typed: "penicillin, aspirin"; words that say there is none give an empty one.</summary>
    public static IReadOnlyList<string> Read(string text) =>
        [.. text.Split([',', ';', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(part => !NoneWords.Contains(LatinLetters.Fold(part).Trim(' ', '.'), StringComparer.Ordinal))];
}
