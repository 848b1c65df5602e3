using System.Text;
using Microsoft.Extensions.Localization;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Patients;
using Threadwell.Web.Text;

namespace Threadwell.Web.Consents;

/// <summary>A consent as it was answered on the page. Nothing is chosen before a person chooses it.</summary>
internal sealed class ConsentForm
{
    private const string Yes = "yes";
    private const string No = "no";

    /// <summary>Hash of what was shown.</summary>
    public string? Shown { get; set; }

    /// <summary>The answers by what they decide: "yes" or "no".</summary>
    public Dictionary<string, string?> Choices { get; set; } = new(StringComparer.Ordinal);

    /// <summary>How it is signed.</summary>
    public string? Signature { get; set; }

    /// <summary>The drawing, as a data address of a PNG.</summary>
    public string? Drawing { get; set; }

    /// <summary>The name as it was typed.</summary>
    public string? Name { get; set; }

    /// <summary>The answer to a decision; null while there is none.</summary>
    public bool? Answer(ConsentKind kind) => Choices.GetValueOrDefault(kind.ToString()) switch { Yes => true, No => false, _ => null };

    /// <summary>Whether every decision about just what is shown now is answered, and one with yes.</summary>
    public bool IsAnswered(ConsentFile file) => Shown == file.Sha256() && file.Choices.All(choice => Answer(choice.Kind) is not null) && file.Choices.Any(choice => Answer(choice.Kind) == true);

    /// <summary>What is wrong, by field; empty where it can be signed.</summary>
    /// <param name="file">What is shown now.</param>
    /// <param name="text">Texts of the page.</param>
    public IReadOnlyDictionary<string, string> Problems(ConsentFile file, IStringLocalizer<ConsentText> text)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Shown != file.Sha256())
        {
            problems.Add("form", text["problem.changed"]);
        }

        for (int index = 0; index < file.Choices.Count; index++)
        {
            if (Answer(file.Choices[index].Kind) is null)
            {
                problems.Add(ChoiceId(index), $"{file.Choices[index].Name}: {text["choice.missing"]}");
            }
        }

        if (problems.Count == 0 && file.Choices.All(choice => Answer(choice.Kind) != true))
        {
            problems.Add("form", text["problem.none"]);
        }

        if (SignatureProblem(file, text) is { } problem)
        {
            problems.Add("signature", problem);
        }

        return problems;
    }

    /// <summary>Name under which a decision's problem is kept, and the id of its group on the page.</summary>
    public static string ChoiceId(int index) => $"choice-{index}";

    /// <summary>What was shown, with the answers.</summary>
    public ConsentFile Answered(ConsentFile file) => file with { Choices = [.. file.Choices.Select(choice => choice with { Given = Answer(choice.Kind) })] };

    /// <summary>How it is signed, and the signature's file. Only for a form without problems.</summary>
    public (SignatureKind Kind, byte[] Content) Given() => Signature == "drawn"
        ? (SignatureKind.Drawn, SignatureImage.Read(Drawing)!)
        : (SignatureKind.Typed, Encoding.UTF8.GetBytes(PatientNames.Clean(Name!)));

    private string? SignatureProblem(ConsentFile file, IStringLocalizer<ConsentText> text) => Signature switch
    {
        "drawn" => SignatureImage.Read(Drawing) is null ? text["sign.draw.missing"].Value : null,
        "typed" => string.Equals(PatientNames.Clean(Name ?? ""), PatientNames.Clean(file.Patient.FullName), StringComparison.OrdinalIgnoreCase) ? null : text["sign.name.wrong", file.Patient.FullName].Value,
        _ => text["sign.kind.missing"].Value,
    };
}
