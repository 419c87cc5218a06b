import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Prints a line for each file: its path, a tab, and the rules of PDF/A-2b that it breaks. */
public class Validate {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            StringBuilder faults = new StringBuilder();
            try (FileInputStream in = new FileInputStream(file);
                    PDFAParser parser = Foundries.defaultInstance().createParser(in, PDFAFlavour.PDFA_2_B)) {
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_2_B, false);
                ValidationResult result = validator.validate(parser);
                for (TestAssertion each : result.getTestAssertions()) {
                    if (each.getStatus() == TestAssertion.Status.FAILED) {
                        faults.append(each.getRuleId().getClause()).append('-').append(each.getRuleId().getTestNumber());
                        faults.append(": ").append(each.getMessage().replaceAll("\\s+", " ")).append("; ");
                    }
                }
                if (!result.isCompliant() && faults.length() == 0) {
                    faults.append("not compliant");
                }
            } catch (Exception broken) {
                faults.append(broken.toString().replaceAll("\\s+", " "));
            }
            System.out.println("VERDICT\t" + file + "\t" + faults);
        }
    }
}
