-- The kind of sign-in of the account (model.account.SignInKind); until now there was only one.
ALTER TABLE account ADD COLUMN sign_in TEXT NOT NULL DEFAULT 'basic';
