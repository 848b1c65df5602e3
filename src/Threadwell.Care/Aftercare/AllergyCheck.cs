using Threadwell.Plans.Text;

namespace Threadwell.Care.Aftercare;

/// <summary>Whether a medicine meets an allergy. It helps the doctor who orders and replaces nobody: what no family names is found only by its own name.</summary>
internal static class AllergyCheck
{
    /// <summary>What stands against a medicine, as a sentence; null where nothing does.</summary>
    public static string? Conflict(MedicineOrder order, IReadOnlyList<string> allergies, IReadOnlyList<DrugFamily> families)
    {
        string[] substances = [.. order.Ingredients, order.Name];
        DrugFamily[] ofMedicine = [.. families.Where(family => substances.Any(substance => family.Members.Any(member => Names(substance, member))))];
        foreach (string allergy in allergies)
        {
            if (substances.Any(substance => Names(substance, allergy)))
            {
                return $"the patient is allergic to '{allergy}', which is in '{order.Name}'; order another medicine.";
            }

            DrugFamily[] ofAllergy = [.. families.Where(family => family.Names.Concat(family.Members).Any(name => Names(allergy, name)))];
            if (ofAllergy.FirstOrDefault(ofMedicine.Contains) is { } shared)
            {
                return $"the patient is allergic to '{allergy}', and '{order.Name}' is of the same family ({shared.Id}); order another medicine.";
            }

            if (string.IsNullOrWhiteSpace(order.DespiteAllergy) && ofMedicine.FirstOrDefault(family => ofAllergy.Any(other => other.Related.Contains(family.Id, StringComparer.Ordinal))) is { } related)
            {
                return $"the patient is allergic to '{allergy}', to which the family of '{order.Name}' ({related.Id}) is related; order another medicine, or give the doctor's reason in 'despiteAllergy'.";
            }
        }

        return null;
    }

    // Whether a text holds a name as whole words, whatever the case and the marks: "Amoxicillin + clavulanic acid" holds "amoxicillin".
    private static bool Names(string text, string name)
    {
        string where = LatinLetters.Fold(text);
        string what = LatinLetters.Fold(name).Trim();
        for (int at = where.IndexOf(what, StringComparison.Ordinal); what.Length > 0 && at >= 0; at = where.IndexOf(what, at + 1, StringComparison.Ordinal))
        {
            int after = at + what.Length;
            if ((at == 0 || !char.IsLetterOrDigit(where[at - 1])) && (after == where.Length || !char.IsLetterOrDigit(where[after])))
            {
                return true;
            }
        }

        return false;
    }
}
